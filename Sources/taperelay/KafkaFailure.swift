internal import KafkaClient
internal import Operations

/// An error of Kafka as the person who started the program should read it.
struct KafkaFailure: ExitStatusError {
    let error: KafkaError
    let servers: String

    /// A topic that was there when the worker began is no more.
    private static let gone: Set<String> = ["_UNKNOWN_TOPIC", "_UNKNOWN_PARTITION"]

    init(_ error: KafkaError, _ configuration: Configuration) {
        self.error = error
        self.servers = configuration.kafka["bootstrap.servers"] ?? ""
    }

    var exitStatus: ExitStatus {
        switch self.error.name {
        case "_TRANSPORT", "_TIMED_OUT", "_ALL_BROKERS_DOWN", "_RESOLVE": .brokerUnreachable
        case "_AUTHENTICATION", "SASL_AUTHENTICATION_FAILED", "TOPIC_AUTHORIZATION_FAILED",
            "GROUP_AUTHORIZATION_FAILED", "CLUSTER_AUTHORIZATION_FAILED", "TRANSACTIONAL_ID_AUTHORIZATION_FAILED":
            .noPermission
        default: self.error.kind == .configuration ? .configuration : .internalFault
        }
    }

    var description: String {
        switch self.exitStatus {
        case .brokerUnreachable:
            "no broker answers at \(self.servers) (\(self.error.name)); check kafka.bootstrap.servers and the network"
        case .configuration where KafkaFailure.gone.contains(self.error.name):
            "a topic is gone while it was in use (\(self.error)); make it again, or set createTopics: true, and start anew"
        default: "\(self.error)"
        }
    }
}
