/// Reads a YAML document of configuration size into a tree.
///
/// Anchors, aliases and tags are refused: configuration does not need them, and aliases are how a small file becomes a
/// large tree. JSON is read as the YAML that it is.
package enum YAML {
    /// No configuration comes near; what does is the wrong file.
    package static let byteLimit = 1 << 20
    /// The deepest key of the configuration has 8 dotted parts; a stack is not for hostile files to use up.
    package static let depthLimit = 16

    /// The one document in `bytes`, or nil where there is none (empty, or comments alone).
    package static func parse(_ bytes: [UInt8]) throws(YAMLError) -> YAMLNode? {
        guard bytes.count <= Self.byteLimit else {
            throw YAMLError(reason: .tooLarge(limit: Self.byteLimit), position: nil)
        }
        let reader = YAMLEventReader(bytes)
        var event = try reader.next()
        if case .streamStart = event.kind { event = try reader.next() }
        guard case .documentStart = event.kind else { return nil }
        let root = try Self.node(from: try reader.next(), reader, depth: 1)
        _ = try reader.next()
        let after = try reader.next()
        guard case .streamEnd = after.kind else {
            throw YAMLError(reason: .severalDocuments, position: after.position)
        }
        return root
    }

    private static func node(
        from event: YAMLEventReader.Event, _ reader: borrowing YAMLEventReader, depth: Int
    ) throws(YAMLError) -> YAMLNode {
        guard depth <= Self.depthLimit else {
            throw YAMLError(reason: .tooDeep(limit: Self.depthLimit), position: event.position)
        }
        switch event.kind {
        case .scalar(let text, let style):
            return YAMLNode(content: .scalar(text, style), position: event.position)
        case .sequenceStart:
            var items: [YAMLNode] = []
            while true {
                let next = try reader.next()
                if case .collectionEnd = next.kind { break }
                items.append(try Self.node(from: next, reader, depth: depth + 1))
            }
            return YAMLNode(content: .sequence(items), position: event.position)
        case .mappingStart:
            return YAMLNode(content: .mapping(try Self.entries(reader, depth: depth)), position: event.position)
        case .alias:
            throw YAMLError(reason: .alias, position: event.position)
        case .streamStart, .streamEnd, .documentStart, .documentEnd, .collectionEnd:
            throw YAMLError(reason: .syntax("a value is missing"), position: event.position)
        }
    }

    private static func entries(
        _ reader: borrowing YAMLEventReader, depth: Int
    ) throws(YAMLError) -> [YAMLNode.Entry] {
        var entries: [YAMLNode.Entry] = []
        var firstLines: [String: Int] = [:]
        while true {
            let event = try reader.next()
            switch event.kind {
            case .collectionEnd:
                return entries
            case .scalar(let key, _):
                if let line = firstLines.updateValue(event.position.line, forKey: key) {
                    throw YAMLError(reason: .duplicateKey(key, firstLine: line), position: event.position)
                }
                let value = try Self.node(from: try reader.next(), reader, depth: depth + 1)
                entries.append(YAMLNode.Entry(key: key, keyPosition: event.position, value: value))
            case .alias:
                throw YAMLError(reason: .alias, position: event.position)
            default:
                throw YAMLError(reason: .keyNotScalar, position: event.position)
            }
        }
    }
}
