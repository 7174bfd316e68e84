/// A node of a YAML document and where it stands.
package struct YAMLNode: Equatable, Sendable {
    /// A place in the file; both count from 1, the column in characters.
    package struct Position: Hashable, Sendable {
        package let line: Int
        package let column: Int
    }

    /// One key of a mapping and its value.
    package struct Entry: Equatable, Sendable {
        package let key: String
        package let keyPosition: Position
        package let value: YAMLNode
    }

    /// How a scalar was written; only a plain one can mean null.
    package enum Style: Sendable {
        case plain
        case quoted
        case block
    }

    package enum Content: Equatable, Sendable {
        case scalar(String, Style)
        case sequence([YAMLNode])
        case mapping([Entry])
    }

    package let content: Content
    package let position: Position

    /// Whether this is a plain scalar that YAML 1.1 reads as null, such as the nothing after `key:`.
    package var isNull: Bool {
        guard case .scalar(let text, .plain) = self.content else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }
}

/// Why a text is not a YAML document that we read.
package struct YAMLError: Error, Equatable, CustomStringConvertible {
    package enum Reason: Equatable, Sendable {
        case syntax(String)
        case duplicateKey(String, firstLine: Int)
        case anchor
        case alias
        case tag
        case keyNotScalar
        case severalDocuments
        case tooDeep(limit: Int)
        case tooLarge(limit: Int)
    }

    package let reason: Reason
    /// Nil only where the whole text is at fault.
    package let position: YAMLNode.Position?

    package var description: String {
        switch self.reason {
        case .syntax(let problem): "not readable as YAML: \(problem)"
        case .duplicateKey(let key, let line): "\(quoted(key)) is given twice, first on line \(line)"
        case .anchor: "anchors (&name) are not read; write the value out"
        case .alias: "aliases (*name) are not read; write the value out"
        case .tag: "tags (!name) are not read; leave the tag away"
        case .keyNotScalar: "a key must be a single word, not a list or a mapping"
        case .severalDocuments: "a second document begins here; the file may hold one"
        case .tooDeep(let limit): "nested deeper than \(limit) levels"
        case .tooLarge(let limit): "larger than \(limit) bytes"
        }
    }
}
