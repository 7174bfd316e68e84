/// The paragraph that is being read.
struct ParagraphBuilder {
    var open = false
    var number: Int32?
    var lastNumber: Int32?
    var label: OctetRange?
    var mark: Mark?
    var heading = Text.none
    var headingMark: Mark?
    var synthetic = false
    var start = 0
    var end = 0
    var pieces = 0
    var lastLine = OctetRange(0, 0)
    /// What stood between the last line and the next.
    var blankLines = false
    var page = false
    var furniture = false
    var shortBefore = false
    /// Line at which a paragraph begins that lost its number.
    var lost = -1
    var reported = false

    /// Nothing stood between the last line and the next.
    @inline(__always)
    var continues: Bool { self.open && !self.blankLines && !self.page && !self.furniture }

    mutating func open(number: Int32?, label: OctetRange?, mark: Mark?, at start: Int, pieces: Int) {
        self.open = true
        self.number = number
        self.label = label
        self.mark = mark
        self.synthetic = false
        self.start = start
        self.end = start
        self.pieces = pieces
        self.blankLines = false
        self.page = false
        self.furniture = false
        self.shortBefore = false
        self.lastLine = OctetRange(start, start)
    }

    mutating func close() {
        self.open = false
        self.heading = .none
        self.headingMark = nil
        self.label = nil
        self.mark = nil
        self.number = self.number ?? self.lastNumber
    }
}
