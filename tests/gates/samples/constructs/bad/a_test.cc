int one();
void f() { std::this_thread::sleep_for(1s); }
Task g() { co_await h(); }
// TODO: more
TEST(A, DISABLED_B) {
