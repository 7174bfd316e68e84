import Testing

@testable import Assembly

/// Observations as octets and back; octets from anywhere are read to an end or refused.
struct ObservationRecordTests {
    private typealias Make = Observations

    private static let station = NumberSeries(.station, Array("RUEHEK".utf8))
    private static let pair = NumberSeries(.pair, Array("AMEMBASSY BISHKEK|SECSTATE WASHDC".utf8))
    private static let sample = [
        Make.of(411, at: 7), Make.of(230, at: 7, series: station, width: 4), Make.of(nil, at: 8),
        Make.of(9999, at: 9, series: pair, width: 4), Make.of(0, at: 12, time: -1, identity: ""),
        Make.of(412, at: 12, time: .max, identity: "message 7"), Make.of(413, at: 12, time: .min),
    ]

    private static func record(_ observations: [NumberObservation], partition: Int32 = 0) -> [UInt8] {
        var record = ObservationRecord(partition: partition)
        for observation in observations { record.add(observation) }
        return record.octets
    }

    @Test func observationsComeBack() throws {
        let read = try ObservationRecord.read(Self.record(Self.sample))
        func plain(_ observations: [NumberObservation]) -> [NumberObservation] {
            observations.map { observation in
                var observation = observation
                observation.identity = []
                return observation
            }
        }
        #expect(plain(read) == plain(Self.sample))
    }

    /// Not what they are, only whether they are the same.
    @Test func identitiesAreEqualWhereTheyWere() throws {
        let read = try ObservationRecord.read(Self.record(Self.sample))
        #expect(read[0].identity == read[1].identity && read[0].identity == read[5].identity)
        #expect(read[0].identity != read[3].identity)
        #expect(read[4].identity.isEmpty && !read[0].identity.isEmpty)
    }

    @Test(arguments: [0, 11, Int32.max])
    func partitionAndPlaceComeBack(partition: Int32) throws {
        var observation = Make.of(5, at: .max, time: 0, partition: partition)
        observation.source.index = .max
        let read = try ObservationRecord.read(Self.record([observation], partition: partition))
        #expect(read.map(\.source) == [observation.source])
    }

    @Test func aSeriesStandsOnce() {
        let one = Self.record([Make.of(1, at: 0, series: Self.pair)]).count
        let two = Self.record([Make.of(1, at: 0, series: Self.pair), Make.of(2, at: 1, series: Self.pair)]).count
        #expect(two - one < Self.pair.name.count)
    }

    @Test func theSizeIsKnown() {
        var record = ObservationRecord(partition: 0)
        #expect(record.octetCount < 32)
        for offset in 0..<100 { record.add(Make.of(offset, at: Int64(offset))) }
        #expect(abs(record.octetCount - record.octets.count) < 32)
    }

    @Test func noSectionBeginsLikeThis() {
        #expect(Self.record([]).withUnsafeBytes { ObservationRecord.isOne($0) })
        #expect(!Array("VZCZCEKI0417".utf8).withUnsafeBytes { ObservationRecord.isOne($0) })
        #expect(![UInt8]().withUnsafeBytes { ObservationRecord.isOne($0) })
    }

    private static let answers =
        sample + [
            Make.of(nil, at: 13, answered: [411...411, 9998...9999]), Make.of(414, at: 14),
            Make.of(415, at: 15, answered: [412...414]),
        ]

    /// Who knows only the version before reads all records without any.
    @Test func answersComeBack() throws {
        let octets = Self.record(Self.answers)
        #expect(try ObservationRecord.read(octets).map(\.answered) == Self.answers.map(\.answered))
        #expect(octets[4] == 2 && Self.record(Self.sample)[4] == 1)
    }

    @Test func aLaterVersionIsRefused() {
        var octets = Self.record(Self.sample)
        octets[4] = 3
        #expect(octets.withUnsafeBytes { ObservationRecord.isOne($0) })
        #expect(throws: SnapshotError.unknownForm) { _ = try ObservationRecord.read(octets) }
    }

    @Test func damageIsRefusedOrRead() {
        let octets = Self.record(Self.answers)
        for count in octets.indices {
            #expect(throws: SnapshotError.self) { _ = try ObservationRecord.read(Array(octets.prefix(count))) }
        }
        #expect(throws: SnapshotError.malformed) { _ = try ObservationRecord.read(octets + [0]) }
        var random = SplitMix(state: 11)
        for _ in 0..<5000 {
            var damaged = octets
            for _ in 0...random.below(3) { damaged[random.below(octets.count)] = UInt8(random.below(256)) }
            guard let read = try? ObservationRecord.read(damaged) else { continue }
            // Whatever was read, the watch takes it.
            var watch = ContinuityWatch()
            for observation in read {
                _ = watch.observationArrived(observation, at: observation.time)
                for key in watch.changedKeys { _ = watch.snapshot(of: key) }
            }
            _ = watch.inputEnded()
        }
    }

    @Test(arguments: [
        // A kind, a name's length, an index, a number, an offset that there is not.
        [0, 1, 3, 1, 0x41, 0], [0, 1, 0, 0, 0], [0, 1, 0, 1, 0x41, 1, 1, 1, 0, 0, 0, 0, 0],
        [0, 1, 0, 1, 0x41, 1, 0, 0x92, 0x4E, 0, 0, 0, 0, 0], [0, 1, 0, 1, 0x41, 1, 0, 1, 0, 0, 1, 0, 0],
    ])
    func whatCannotBeIsRefused(rest: [UInt8]) {
        #expect(throws: SnapshotError.malformed) { _ = try ObservationRecord.read(ObservationRecord.beginning + rest) }
    }

    @Test(arguments: [
        // An answer of no observation, a number that there is not, a range that runs back, too many ranges.
        [1, 1, 1, 2, 2], [1, 0, 1, 0, 2], [1, 0, 1, 4, 2], [1, 0, 65] + [UInt8](repeating: 2, count: 130),
    ])
    func answersThatCannotBeAreRefused(rest: [UInt8]) {
        var octets = Self.record([Make.of(7, at: 0)]) + rest
        octets[4] = 2
        #expect(throws: SnapshotError.malformed) { _ = try ObservationRecord.read(octets) }
    }
}
