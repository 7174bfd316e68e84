import Testing

@testable import Operations

struct TextTableTests {
    @Test func numbersStandToTheRight() {
        var table = TextTable(["partition", "name", "n"])
        table.add(["0", "a", "1000"])
        table.add(["12", "long one", "-"])
        #expect(table.text == "partition  name         n\n        0  a         1000\n       12  long one     -\n")
    }
}
