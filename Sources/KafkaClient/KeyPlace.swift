internal import CRdkafka

/// Where a key leads.
package enum KeyPlace {
    /// The partition, of so many, that Java's and our own producers give a record of this key (`murmur2_random`): for who
    /// names the partition, to send something without a key there.
    package static func partition(of key: [UInt8], among count: Int) -> Int32 {
        guard count > 1, let count = Int32(exactly: count) else { return 0 }
        return key.withUnsafeBytes { rd_kafka_msg_partitioner_murmur2(nil, $0.baseAddress, $0.count, count, nil, nil) }
    }
}
