/// Names the place of an octet in a JSON text as people do: `paragraphs[3].text`.
enum JSONPlace {
    private enum Step {
        case member(String)
        case element(Int)
    }

    /// Where two texts first differ, as the first one names it; nil where they do not.
    static func firstDifference(_ left: [UInt8], _ right: [UInt8]) -> String? {
        let common = zip(left, right).prefix { $0 == $1 }.count
        if common == left.count, common == right.count { return nil }
        return self.path(in: left, at: common)
    }

    /// The path of what stands at the octet; of the last one before it where that begins or ends something.
    static func path(in json: [UInt8], at place: Int) -> String {
        var steps: [Step] = []
        var index = 0
        var expectsName = false
        while index < min(json.count, place) {
            switch json[index] {
            case UInt8(ascii: "{"):
                steps.append(.member(""))
                expectsName = true
            case UInt8(ascii: "["): steps.append(.element(0))
            case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = steps.popLast()
            case UInt8(ascii: ","):
                if case .element(let number) = steps.last {
                    steps[steps.count - 1] = .element(number + 1)
                } else {
                    expectsName = true
                }
            case UInt8(ascii: "\""):
                let end = self.endOfString(in: json, from: index)
                if expectsName, !steps.isEmpty, end <= place {
                    let name = json[min(index + 1, end)..<end]
                    steps[steps.count - 1] = .member(String(decoding: name, as: UTF8.self))
                    expectsName = false
                }
                index = end
            default: break
            }
            index += 1
        }
        return self.text(steps)
    }

    /// Of the closing quotation mark, or the end of the text.
    private static func endOfString(in json: [UInt8], from start: Int) -> Int {
        var index = start + 1
        while index < json.count, json[index] != UInt8(ascii: "\"") {
            index += json[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(index, json.count)
    }

    private static func text(_ steps: [Step]) -> String {
        steps.reduce(into: "") { text, step in
            switch step {
            case .member(let name): text += (text.isEmpty ? "" : ".") + name
            case .element(let number): text += "[\(number)]"
            }
        }
    }
}
