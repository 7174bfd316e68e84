// swift-tools-version: 6.3
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6), .treatAllWarnings(as: .error), .enableExperimentalFeature("Lifetimes"),
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "taperelay",
    products: [
        .executable(name: "taperelay", targets: ["taperelay"]),
        .executable(name: "taperelay-bench", targets: ["Benchmarks"]),
    ],
    targets: [
        .systemLibrary(name: "CRdkafka", pkgConfig: "rdkafka", providers: [.apt(["librdkafka-dev"])]),
        .systemLibrary(name: "CYaml", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CXxhash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"])]),
        .target(name: "Directory", resources: [.embedInCode("Tables")], swiftSettings: settings),
        .target(name: "Telegram", dependencies: ["CXxhash", "Directory"], swiftSettings: settings),
        .target(name: "Events", dependencies: ["CXxhash", "Directory", "Telegram"], swiftSettings: settings),
        .target(name: "Assembly", dependencies: ["Telegram"], swiftSettings: settings),
        .target(name: "KafkaClient", dependencies: ["CRdkafka"], swiftSettings: settings),
        .target(
            name: "Relay", dependencies: ["Assembly", "CXxhash", "Directory", "Events", "KafkaClient", "Telegram"],
            swiftSettings: settings),
        .target(name: "Operations", dependencies: ["CYaml"], swiftSettings: settings),
        .target(name: "Generator", swiftSettings: settings),
        .executableTarget(
            name: "taperelay",
            dependencies: [
                "Assembly", "CMalloc", "Directory", "Events", "Generator", "KafkaClient", "Operations", "Relay",
                "Telegram",
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "Benchmarks", dependencies: ["Directory", "Events", "Generator", "Telegram"], swiftSettings: settings),
        .testTarget(name: "DirectoryTests", dependencies: ["Directory"], swiftSettings: settings),
        .target(name: "SampleTelegrams", path: "Tests/SampleTelegrams", swiftSettings: settings),
        .testTarget(name: "TelegramTests", dependencies: ["SampleTelegrams", "Telegram"], swiftSettings: settings),
        .testTarget(
            name: "EventsTests", dependencies: ["Directory", "Events", "Generator", "SampleTelegrams", "Telegram"],
            swiftSettings: settings),
        .testTarget(
            name: "AssemblyTests", dependencies: ["Assembly", "Generator", "SampleTelegrams", "Telegram"],
            swiftSettings: settings),
        .testTarget(name: "GeneratorTests", dependencies: ["Generator"], swiftSettings: settings),
        .testTarget(name: "KafkaClientTests", dependencies: ["KafkaClient"], swiftSettings: settings),
        .testTarget(
            name: "RelayTests",
            dependencies: ["Assembly", "Directory", "Events", "KafkaClient", "Relay", "SampleTelegrams", "Telegram"],
            swiftSettings: settings),
        .testTarget(name: "OperationsTests", dependencies: ["Operations"], swiftSettings: settings),
    ]
)
