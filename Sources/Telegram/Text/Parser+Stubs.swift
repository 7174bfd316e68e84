extension Parser {
    mutating func readReferences(_ octets: Octets, _ index: Int) -> Int { index + 1 }
    mutating func readClassifierParts(_ octets: Octets, _ index: Int) -> Int { index + 1 }
    mutating func readSignature(_ octets: Octets) {}
    mutating func findBlocks(_ octets: Octets) {}
}
