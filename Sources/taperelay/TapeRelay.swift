@main
struct TapeRelay {
    static func main() {}
}
