/// Octets as a key of sets and dictionaries: hashed as a whole, where an array's elements are hashed one by one.
public struct OctetKey: Hashable, Sendable {
    public let octets: [UInt8]

    public init(_ octets: [UInt8]) { self.octets = octets }

    public func hash(into hasher: inout Hasher) { self.octets.withUnsafeBytes { hasher.combine(bytes: $0) } }
}
