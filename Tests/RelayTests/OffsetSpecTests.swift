import Testing

@testable import Relay

struct OffsetSpecTests {
    @Test(
        arguments: [
            ("beginning", .beginning), ("end", .end), ("0:12", .offsets([0: 12])),
            ("3:0,11:9223372036854775807", .offsets([3: 0, 11: .max])), ("@1970-01-01", .timestamp(0)),
            ("@2009-03-17T08:42:00Z", .timestamp(1_237_279_320_000)),
            ("@2009-03-17 08:42", .timestamp(1_237_279_320_000)),
            ("@2009-03-17T10:42:00.25+02:00", .timestamp(1_237_279_320_250)),
            ("@2009-03-17T06:12:01-02:30", .timestamp(1_237_279_321_000)),
        ] as [(String, OffsetSpec)])
    func reads(text: String, spec: OffsetSpec) {
        #expect(OffsetSpec(text) == spec)
    }

    @Test(arguments: [
        "", "Beginning", "0", "0:", ":1", "0:1,", "0:1,0:2", "-1:5", "0:-5", "0:99999999999999999999", "@",
        "@yesterday",
        "@2009-02-30", "@2009-13-01", "@2009-03-17T", "@2009-03-17T08", "@2009-03-17T08:42:60Z",
        "@2009-03-17T08:42:00.Z",
        "@2009-03-17T08:42:00+2", "@2009-03-17T24:00", "@2009-03-17Z", "dtg:170842ZMAR09", "@2009-03-17T08:42:00ZZ",
    ])
    func refuses(text: String) {
        #expect(OffsetSpec(text) == nil)
    }

    @Test func marksNameOnlyTheirPartition() {
        let spec = OffsetSpec.offsets([3: 1200, 4: 7])
        #expect(spec.mark(for: 3) == "3:1200" && spec.mark(for: 4) == "4:7" && spec.mark(for: 5) == nil)
    }
}
