void expect_sum(int a, int b, int sum) {
  EXPECT_EQ(a + b, sum);
}

void expect_both(int a) {
  expect_sum(a, a, 2 * a);
}

TEST(Sum, AddsTwo) { EXPECT_EQ(1 + 1, 2); }

TEST(Sum, AddsByWayOfAFunction) {
  expect_both(3);
}

TEST(Sum, OfNothingDoesNotCrash) {
  sum();
}
