import Testing

@testable import KafkaClient

/// Keys lead where Java's client takes them.
struct KeyPlaceTests {
    /// Hashes as Kafka's own test of murmur2 has them.
    @Test(arguments: [
        ("21", -973_932_308), ("foobar", -790_332_482), ("a-little-bit-long-string", -985_981_536),
        ("a-little-bit-longer-string", -1_486_304_829),
        ("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58_897_971), ("abc", 479_470_107),
    ])
    func asInJava(key: String, hash: Int32) {
        for count in [1, 2, 7, 12, 1000] {
            let expected = (hash & 0x7FFF_FFFF) % Int32(count)
            #expect(KeyPlace.partition(of: Array(key.utf8), among: count) == expected)
        }
    }

    @Test func withoutPartitionsThereIsTheFirst() {
        #expect(KeyPlace.partition(of: [1], among: 0) == 0)
        #expect(KeyPlace.partition(of: [], among: 12) >= 0)
    }
}
