namespace handslag::helpers {
class PromiseManager {
};
enum class Misc { A };
}
