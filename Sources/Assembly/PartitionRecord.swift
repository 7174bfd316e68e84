/// What transmissions of one input partition say to whoever judges it on `telegrams.sections`: the octets of one record there,
/// without headers, which begins with an octet that no text of any code begins with and a name.
public protocol PartitionRecord {
    /// `partition`: of the input.
    init(partition: Int32)
    /// About so many.
    var octetCount: Int { get }
    var octets: [UInt8] { get }
}
