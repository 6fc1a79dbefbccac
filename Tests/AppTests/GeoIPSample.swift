import Foundation
import Support
import SystemPackage

/// The database of made-up data, and files that are made of it.
enum GeoIPSample {
    /// The time when it was made, in seconds since 1970.
    static let builtAt = 1_770_245_369

    private static let path = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../GeoIPTests/Fixtures/GeoIP2-City-Test.mmdb")

    /// The file, as if it had been made at another time.
    static func bytes(builtAt time: Int = builtAt) throws -> [UInt8] {
        var data = try Data(contentsOf: path)
        // The key, two bytes for the type and length, and the number.
        guard let key = data.range(of: Data("build_epoch".utf8)) else { return [] }
        let number = key.upperBound + 2
        for index in 0..<4 { data[number + index] = UInt8(time >> (24 - 8 * index) & 0xFF) }
        return [UInt8](data)
    }

    /// Lends a directory that contains the database as `geoip.mmdb`.
    static func withDirectory(_ body: (FilePath) async throws -> Void) async throws {
        try await withScratch { path in
            try FileManager.default.createDirectory(atPath: path.string, withIntermediateDirectories: false)
            try Data(bytes()).write(to: URL(filePath: "\(path)/geoip.mmdb"))
            try await body(path)
        }
    }

    /// The bytes of the database in a directory; nil if there is none.
    static func contents(of directory: FilePath) -> [UInt8]? {
        (try? Data(contentsOf: URL(filePath: "\(directory)/geoip.mmdb"))).map { [UInt8]($0) }
    }
}
