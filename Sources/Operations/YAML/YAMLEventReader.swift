internal import CYaml

/// The owner of a `yaml_parser_t` and of the bytes that it reads.
struct YAMLEventReader: ~Copyable {
    struct Event {
        enum Kind {
            case streamStart
            case streamEnd
            case documentStart
            case documentEnd
            case scalar(String, YAMLNode.Style)
            case sequenceStart
            case mappingStart
            case collectionEnd
            case alias
        }

        let kind: Kind
        let position: YAMLNode.Position
    }

    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>

    init(_ bytes: [UInt8]) {
        self.parser = .allocate(capacity: 1)
        self.input = .allocate(capacity: max(bytes.count, 1))
        _ = self.input.initialize(from: bytes)
        precondition(yaml_parser_initialize(self.parser) == 1, "out of memory")
        yaml_parser_set_input_string(self.parser, self.input.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(self.parser)
        self.parser.deallocate()
        self.input.deallocate()
    }

    /// The next event; after a throw the reader is of no more use.
    func next() throws(YAMLError) -> Event {
        var event = yaml_event_t()
        guard yaml_parser_parse(self.parser, &event) == 1 else { throw self.failure() }
        defer { yaml_event_delete(&event) }
        let position = Self.position(event.start_mark)
        let kind = try Self.kind(of: event, at: position)
        return Event(kind: kind, position: position)
    }

    private static func kind(of event: yaml_event_t, at position: YAMLNode.Position) throws(YAMLError) -> Event.Kind {
        switch event.type {
        case YAML_STREAM_START_EVENT: return .streamStart
        case YAML_DOCUMENT_START_EVENT: return .documentStart
        case YAML_DOCUMENT_END_EVENT: return .documentEnd
        case YAML_ALIAS_EVENT: return .alias
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return .collectionEnd
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            try Self.refuse(anchor: scalar.anchor != nil, tag: scalar.tag != nil, at: position)
            let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            return .scalar(String(decoding: bytes, as: UTF8.self), Self.style(scalar.style))
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            try Self.refuse(anchor: start.anchor != nil, tag: start.tag != nil, at: position)
            return .sequenceStart
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            try Self.refuse(anchor: start.anchor != nil, tag: start.tag != nil, at: position)
            return .mappingStart
        default:
            return .streamEnd
        }
    }

    private static func refuse(anchor: Bool, tag: Bool, at position: YAMLNode.Position) throws(YAMLError) {
        if anchor { throw YAMLError(reason: .anchor, position: position) }
        if tag { throw YAMLError(reason: .tag, position: position) }
    }

    private static func style(_ style: yaml_scalar_style_t) -> YAMLNode.Style {
        switch style {
        case YAML_PLAIN_SCALAR_STYLE: .plain
        case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: .block
        default: .quoted
        }
    }

    private static func position(_ mark: yaml_mark_t) -> YAMLNode.Position {
        YAMLNode.Position(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    }

    private func failure() -> YAMLError {
        let problem = self.parser.pointee.problem.map { String(cString: $0) } ?? "out of memory"
        let position: YAMLNode.Position
        if self.parser.pointee.error == YAML_READER_ERROR {
            // The decoder knows the octet, not the line.
            let before = self.input.prefix(Int(clamping: self.parser.pointee.problem_offset))
            let line = before.reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
            let column = before.reversed().prefix { $0 != UInt8(ascii: "\n") }.count + 1
            position = YAMLNode.Position(line: line, column: column)
        } else {
            position = Self.position(self.parser.pointee.problem_mark)
        }
        return YAMLError(reason: .syntax(problem), position: position)
    }
}
