internal import Glibc

extension Configuration {
    /// The transactional id: as given, else made of the group and what tells this worker from the group's others in every
    /// life of it, `group.instance.id` or the host's name (a pod's, in a StatefulSet). A successor of the same id fences what
    /// this worker may have left open (KIP-98).
    package var transactionalID: String {
        if let given = self.kafka["transactional.id"] { return given }
        let worker = self.kafka["group.instance.id"] ?? Configuration.hostName
        return "\(self.kafka["group.id"] ?? "")-\(worker)"
    }

    private static var hostName: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "worker" }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
