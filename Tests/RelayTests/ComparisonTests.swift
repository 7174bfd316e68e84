import Testing

@testable import Relay

struct ComparisonTests {
    private func identity(_ offset: Int64, _ digits: String = "") -> Comparison.Identity {
        let source = OutputRecord.Source(partition: 0, offset: offset, index: 0)
        return Array(digits.utf8).withUnsafeBytes { Comparison.Identity(topic: 0, source: source, digits: $0) }
    }

    private func with(_ text: String, _ body: (UnsafeRawBufferPointer) -> Void) {
        Array(text.utf8).withUnsafeBytes { body($0) }
    }

    @Test func tellsSameDifferingMissingAndSuperfluousApart() {
        var comparison = Comparison()
        for (offset, text) in [(1, "same"), (2, "made"), (3, "missing"), (4, "twice")] as [(Int64, String)] {
            self.with(text) { comparison.makes(self.identity(offset), $0) }
        }
        for (offset, text) in [(1, "same"), (2, "stands"), (4, "twice"), (4, "twice"), (5, "more")] as [(Int64, String)]
        {
            self.with(text) { comparison.stands(self.identity(offset), $0) }
        }
        #expect(comparison.madeCount == 4 && comparison.sameCount == 2 && comparison.differingCount == 1)
        #expect(comparison.missingCount == 1 && comparison.superfluousCount == 1 && comparison.againCount == 1)
        #expect(comparison.missing == [self.identity(3)] && comparison.superfluous == [self.identity(5)])
        #expect(comparison.differences.map(\.standing) == [Array("stands".utf8)])
    }

    @Test func anIdentifierComesBackAsItWas() {
        let digits = "0023456789abcdef00000000000000ff"
        #expect(self.identity(1, digits).digits == digits)
        #expect(self.identity(1, "short").digits.isEmpty)
        #expect(self.identity(1, digits) != self.identity(1))
    }

    @Test(
        arguments: [
            ("{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":3}", "b"),
            ("{\"a\":{\"b\":[1,{\"c\":\"x\"}]}}", "{\"a\":{\"b\":[1,{\"c\":\"y\"}]}}", "a.b[1].c"),
            ("{\"a\":\"q\\\",{\\\"z\\\":1\",\"b\":2}", "{\"a\":\"q\\\",{\\\"z\\\":1\",\"b\":4}", "b"),
            ("{\"a\":[1,2]}", "{\"a\":[1,2,3]}", "a[1]"), ("{\"a\":1}", "{\"a\":1,\"b\":2}", "a"), ("x", "y", ""),
        ])
    func namesThePlaceOfTheFirstDifference(left: String, right: String, place: String) {
        #expect(JSONPlace.firstDifference(Array(left.utf8), Array(right.utf8)) == place)
        #expect(JSONPlace.firstDifference(Array(left.utf8), Array(left.utf8)) == nil)
    }

    @Test func aTextCutAnywhereTrapsNowhere() {
        let whole = Array("{\"a\\\\\":{\"b\":[1,{\"c\":\"x\\\"\"}]},\"d\":[]}".utf8)
        for count in 0...whole.count {
            for place in 0...whole.count { _ = JSONPlace.path(in: Array(whole[..<count]), at: place) }
        }
        _ = JSONPlace.path(in: Array("]]}},,\"".utf8), at: 100)
    }
}
