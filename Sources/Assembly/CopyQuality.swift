/// Which of two copies of one section is to be read (format 4.1): the greater one.
public struct CopyQuality: Hashable, Comparable, Sendable {
    /// What the copy's signals and its correction line say of it.
    public enum Standing: UInt8, Comparable, Sendable {
        /// `ZDG`: another one will replace it.
        case provisional
        case ordinary
        /// `ZEL`, `ZDS`, `ZOJ`, `CORRECTED COPY`.
        case corrected

        public static func < (left: Standing, right: Standing) -> Bool { left.rawValue < right.rawValue }
    }

    /// Its end of message was seen, and it was not cancelled: a torn copy has no garble where it has no text.
    public var isWhole: Bool
    public var standing: Standing
    /// Octets of garbled stretches (format 6.4 D19), and repairs.
    public var garble: Int
    /// When it was filed, in seconds since 1970.
    public var filed: Int64?

    public init(isWhole: Bool = true, standing: Standing = .ordinary, garble: Int = 0, filed: Int64? = nil) {
        self.isWhole = isWhole
        self.standing = standing
        self.garble = garble
        self.filed = filed
    }

    public static func < (left: CopyQuality, right: CopyQuality) -> Bool {
        if left.isWhole != right.isWhole { return right.isWhole }
        if left.standing != right.standing { return left.standing < right.standing }
        if left.garble != right.garble { return left.garble > right.garble }
        return (left.filed ?? .min) < (right.filed ?? .min)
    }
}
