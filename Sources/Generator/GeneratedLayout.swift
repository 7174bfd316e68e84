/// How a generated telegram is written down (format 5).
public enum GeneratedLayout: String, Sendable, CaseIterable {
    case acp127, acp126, janap128, doi103, pages1973, smart, general, archive
    /// FL1-FL4 are lost.
    case bareHeading
    /// The whole heading is lost.
    case textOnly

    /// `BT`, a validation number and `NNNN` close the text.
    var hasWireEnd: Bool {
        switch self {
        case .acp127, .janap128, .doi103, .acp126, .bareHeading: true
        case .pages1973, .smart, .general, .archive, .textOnly: false
        }
    }
}
