/// An encoded value with line breaks and two spaces a level, for people. Not for what is not JSON: it checks nothing.
public enum PrettyJSON {
    /// Empty objects and lists, and lists of numbers, stay on one line.
    public static func indented(_ json: UnsafeRawBufferPointer) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(json.count + json.count / 2)
        var depth = 0
        var index = 0
        while index < json.count {
            let octet = json[index]
            switch octet {
            case UInt8(ascii: "\""):
                let end = self.endOfString(json, from: index)
                output.append(contentsOf: json[index..<end])
                index = end
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                if let end = self.endOfFlat(json, from: index) {
                    for octet in json[index..<end] where octet > 0x20 {
                        output.append(octet)
                        if octet == UInt8(ascii: ",") { output.append(0x20) }
                    }
                    index = end
                    continue
                }
                output.append(octet)
                depth += 1
                self.newLine(&output, depth)
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth = max(0, depth - 1)
                self.newLine(&output, depth)
                output.append(octet)
            case UInt8(ascii: ","):
                output.append(octet)
                self.newLine(&output, depth)
            case UInt8(ascii: ":"):
                output.append(octet)
                output.append(0x20)
            case 0...0x20:
                break
            default:
                output.append(octet)
            }
            index += 1
        }
        return output
    }

    private static func newLine(_ output: inout [UInt8], _ depth: Int) {
        output.append(0x0A)
        output.append(contentsOf: repeatElement(0x20, count: depth * 2))
    }

    /// One past the closing quotation mark.
    private static func endOfString(_ json: UnsafeRawBufferPointer, from start: Int) -> Int {
        var index = start + 1
        while index < json.count {
            if json[index] == UInt8(ascii: "\\") {
                index += 2
            } else if json[index] == UInt8(ascii: "\"") {
                return index + 1
            } else {
                index += 1
            }
        }
        return json.count
    }

    /// One past the bracket of an object or list that holds nothing but numbers.
    private static func endOfFlat(_ json: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var index = start + 1
        while index < json.count {
            switch json[index] {
            case UInt8(ascii: "}"), UInt8(ascii: "]"): return index + 1
            case 0x30...0x39, UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: "-"), 0...0x20: index += 1
            default: return nil
            }
        }
        return nil
    }
}
