import FoundationEssentials
import Testing

@testable import Support

/// The plugin, seen from a target that uses it: the folder `Samples` of `Support`.
struct CompiledAssetTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../Support/Samples")

    @Test(arguments: Samples.texts)
    func aTextIsWhatIsInItsFile(path: String, text: String) throws {
        #expect(try Array(text.utf8) == Self.content(of: path))
    }

    @Test(arguments: Samples.binaries)
    func bytesAreWhatIsInTheirFile(path: String, bytes: [UInt8]) throws {
        #expect(try bytes == Self.content(of: path))
    }

    @Test func everyFileIsThereUnderItsPath() {
        #expect(Samples.texts.map(\.key) == ["odd/delimiters.txt", "odd/empty", "page.html"])
        #expect(Samples.binaries.map(\.key) == ["odd/bytes.bin"])
        #expect(Samples.page_html == "<p class=\"a\">\\(name) \"quoted\"</p>\n")
    }

    private static func content(of path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: path)))
    }
}
