package import KafkaClient
internal import Synchronization

/// Something that should move and does not, with the cause.
package struct Stall: Sendable, Equatable {
    package enum Part: Sendable, Equatable {
        /// The consumer's poll thread.
        case pollThread
        case lane(Int)
        case transaction
        case partition(TopicPartition)
    }

    package var part: Part
    /// For how long it has not moved.
    package var time: Duration
    /// Why it is not at the partition's head, as far as the engine knows.
    package var cause: String
}
