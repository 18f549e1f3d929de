void print_sum(int a, int b) {
  show(a + b);
}

TEST(Sum, AddsTwo) {
  print_sum(1, 1);
}

TEST(Sum, IsQuiet) {}

TEST(Sum, Asserts) {
  EXPECT_EQ(1 + 1, 2);
}
