extension Parser {
    /// FL12.
    mutating func readText(_ octets: Octets, lines: Range<Int>) {}

    /// Findings of format 7.3.
    mutating func checkMarkings(_ octets: Octets) {}
}
