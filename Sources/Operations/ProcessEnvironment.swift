@preconcurrency internal import Glibc

/// The environment that the process was started with.
package enum ProcessEnvironment {
    /// Of a name given twice the first counts, as `getenv` has it; call before other threads set variables.
    package static func variables() -> [String: String] {
        var result: [String: String] = [:]
        var next = environ
        while let entry = next.pointee {
            let text = String(cString: entry)
            if let equals = text.firstIndex(of: "=") {
                let name = String(text[..<equals])
                if result[name] == nil { result[name] = String(text[text.index(after: equals)...]) }
            }
            next += 1
        }
        return result
    }
}
