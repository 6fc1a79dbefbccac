// swift-tools-version: 6.2

import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// For every target but the wrapper of libpq: there, unsafe code does not compile unless it is marked, as only the
/// calls of zlib, PCRE2 and libmaxminddb and the names of files are.
let safe = settings + [.strictMemorySafety()]

let package = Package(
    name: "hourglass",
    products: [
        .executable(name: "hourglass", targets: ["App"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CMaxMindDB", pkgConfig: "libmaxminddb", providers: [.apt(["libmaxminddb-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
        .target(
            name: "Postgres",
            dependencies: [
                "CPostgres",
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings
        ),
        .target(name: "Zlib", dependencies: ["CZlib"], swiftSettings: safe),
        .target(name: "Agents", dependencies: ["CPCRE2"], swiftSettings: safe),
        .executableTarget(name: "AssetCompiler", swiftSettings: safe),
        .plugin(
            name: "CompileAssets",
            capability: .buildTool(),
            dependencies: ["AssetCompiler"],
            path: "Sources/CompileAssets"
        ),
        .target(name: "Analytics", swiftSettings: safe),
        .target(name: "Columns", dependencies: ["Analytics"], swiftSettings: safe),
        .target(
            name: "Files",
            dependencies: [.product(name: "SystemPackage", package: "swift-system")],
            swiftSettings: safe
        ),
        .target(
            name: "GeoIP",
            dependencies: [
                "CMaxMindDB",
                "Zlib",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: safe
        ),
        .target(
            name: "Ingest",
            dependencies: [
                "Agents",
                "Analytics",
                "GeoIP",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: safe
        ),
        .target(
            name: "Spool",
            dependencies: [
                "Analytics",
                "Files",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: safe
        ),
        .target(
            name: "Schema",
            dependencies: ["Postgres"],
            swiftSettings: safe,
            plugins: ["CompileAssets"]
        ),
        .target(
            name: "Store",
            dependencies: [
                "Analytics",
                "Columns",
                "Postgres",
                "Schema",
                "Zlib",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            exclude: ["Maintenance/README.md"],
            swiftSettings: safe
        ),
        .target(
            name: "Registry",
            dependencies: [
                "Analytics",
                "Files",
                "Postgres",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: safe
        ),
        .target(
            name: "Embedded",
            dependencies: [
                "Files",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: safe
        ),
        .target(
            name: "Web",
            dependencies: ["Analytics"],
            exclude: ["README.md"],
            swiftSettings: safe,
            plugins: ["CompileAssets"]
        ),
        .target(
            name: "HTTP",
            dependencies: [
                "Files",
                "Zlib",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOExtras", package: "swift-nio-extras"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: safe
        ),
        .target(
            name: "Server",
            dependencies: [
                "Agents",
                "Analytics",
                "GeoIP",
                "HTTP",
                "Ingest",
                "Registry",
                "Web",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            exclude: [
                "Journeys/README.md", "Pages/README.md", "Realtime/README.md", "Reports/README.md",
                "SavedQueries/README.md",
            ],
            swiftSettings: safe,
            plugins: ["CompileAssets"]
        ),
        .target(
            name: "Systemd",
            dependencies: [
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: safe
        ),
        .target(
            name: "Load",
            dependencies: [
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: safe
        ),
        .target(
            name: "Terminal",
            dependencies: [
                "Analytics",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            exclude: ["README.md"],
            swiftSettings: safe
        ),
        .target(
            name: "Assembly",
            dependencies: [
                "Agents",
                "Analytics",
                "Embedded",
                "GeoIP",
                "HTTP",
                "Ingest",
                "Postgres",
                "Registry",
                "Schema",
                "Server",
                "Spool",
                "Store",
                "Systemd",
                "Web",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            exclude: ["README.md"],
            swiftSettings: safe
        ),
        .executableTarget(
            name: "App",
            dependencies: [
                "Analytics",
                "Assembly",
                "Embedded",
                "Files",
                "GeoIP",
                "HTTP",
                "Load",
                "Registry",
                "Schema",
                "Server",
                "Store",
                "Systemd",
                "Terminal",
                "Web",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: safe
        ),
        .target(
            name: "Support",
            dependencies: [
                "Analytics",
                "Assembly",
                "Embedded",
                "HTTP",
                "Ingest",
                "Postgres",
                "Registry",
                "Schema",
                "Server",
                "Store",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            path: "Tests/Support",
            swiftSettings: safe,
            plugins: ["CompileAssets"]
        ),
        .executableTarget(
            name: "Benchmark",
            dependencies: [
                "Analytics",
                "Load",
                "Postgres",
                "Schema",
                "Store",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            path: "Tests/Benchmarks",
            exclude: ["README.md"],
            swiftSettings: safe
        ),
        .testTarget(
            name: "AppTests",
            dependencies: [
                "App",
                "Assembly",
                "Embedded",
                "Files",
                "HTTP",
                "Postgres",
                "Schema",
                "Server",
                "Store",
                "Support",
                "Terminal",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: safe
        ),
        .testTarget(
            name: "AssemblyTests",
            dependencies: [
                "Analytics",
                "Assembly",
                "Embedded",
                "HTTP",
                "Postgres",
                "Server",
                "Store",
                "Support",
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: safe
        ),
        .testTarget(
            name: "AgentsTests",
            dependencies: ["Agents", "Support", .product(name: "SystemPackage", package: "swift-system")],
            exclude: ["Samples"],
            swiftSettings: safe
        ),
        .testTarget(name: "ColumnsTests", dependencies: ["Analytics", "Columns", "Support"], swiftSettings: safe),
        .testTarget(name: "AnalyticsTests", dependencies: ["Analytics", "Support"], swiftSettings: safe),
        .testTarget(
            name: "IngestTests",
            dependencies: [
                "Agents",
                "Analytics",
                "Ingest",
                "Support",
                .product(name: "ServiceLifecycleTestKit", package: "swift-service-lifecycle"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: safe
        ),
        .testTarget(
            name: "EmbeddedTests",
            dependencies: [
                "Embedded",
                "Postgres",
                "Support",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: safe
        ),
        .testTarget(
            name: "GeoIPTests",
            dependencies: [
                "GeoIP",
                "Support",
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            exclude: ["Fixtures"],
            swiftSettings: safe
        ),
        .testTarget(name: "AssetCompilerTests", dependencies: ["AssetCompiler", "Support"], swiftSettings: safe),
        .testTarget(
            name: "FaultTests",
            dependencies: [
                "Analytics",
                "Embedded",
                "Postgres",
                "Spool",
                "Store",
                "Support",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            exclude: ["README.md"],
            resources: ["clock.c", "number.h", "sync.c"].map { .embedInCode("Interference/\($0)") },
            swiftSettings: safe
        ),
        .testTarget(
            name: "LoadTests",
            dependencies: [
                "Load",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: safe
        ),
        .testTarget(
            name: "TerminalTests",
            dependencies: [
                "Analytics",
                "Schema",
                "Support",
                "Terminal",
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: safe
        ),
        .testTarget(
            name: "PostgresTests",
            dependencies: [
                "Postgres",
                "Support",
                .product(name: "ServiceLifecycleTestKit", package: "swift-service-lifecycle"),
            ],
            swiftSettings: safe
        ),
        .testTarget(
            name: "RegistryTests",
            dependencies: [
                "Analytics",
                "Postgres",
                "Registry",
                "Schema",
                "Store",
                "Support",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: safe
        ),
        .testTarget(
            name: "HTTPTests",
            dependencies: [
                "Files",
                "HTTP",
                "Support",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: safe
        ),
        .testTarget(
            name: "SchemaTests",
            dependencies: [
                "Analytics",
                "Embedded",
                "Postgres",
                "Schema",
                "Store",
                "Support",
                .product(name: "Logging", package: "swift-log"),
            ],
            exclude: ["Schema12"],
            swiftSettings: safe
        ),
        .testTarget(
            name: "SystemdTests",
            dependencies: [
                "Support",
                "Systemd",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: safe
        ),
        .testTarget(
            name: "WebTests",
            dependencies: ["Analytics", "Support", "Web", .product(name: "Subprocess", package: "swift-subprocess")],
            swiftSettings: safe
        ),
        .testTarget(
            name: "ServerTests",
            dependencies: [
                "Analytics",
                "HTTP",
                "Ingest",
                "Load",
                "Postgres",
                "Registry",
                "Schema",
                "Server",
                "Store",
                "Support",
                "Web",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: safe
        ),
        .testTarget(
            name: "SpoolTests",
            dependencies: [
                "Analytics",
                "Spool",
                "Support",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: safe
        ),
        .testTarget(
            name: "StoreTests",
            dependencies: [
                "Analytics",
                "Columns",
                "Embedded",
                "Ingest",
                "Postgres",
                "Schema",
                "Spool",
                "Store",
                "Support",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: safe
        ),
    ]
)
