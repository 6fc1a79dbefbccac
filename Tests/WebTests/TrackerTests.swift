import Foundation
import Subprocess
import Support
import Testing

@testable import Web

struct TrackerTests {
    private let standard = Tracker(path: "/t.js", endpoint: "/api/v1/events")

    /// The size of the script as it is written, by the system's gzip at its best.
    @Test func theScriptIsSmall() async throws {
        let result = try await Subprocess.run(
            .name("gzip"),
            arguments: ["-9", "-n", "-c"],
            input: .string(standard.script),
            output: .bytes(limit: 1 << 20)
        )
        let size = result.standardOutput.count
        #expect(size > 1_000 && size <= 2_600, "\(size) bytes")
    }

    @Test func theFileIsServedAsItIsWritten() {
        #expect(standard.script == Assets.t_js)
        for text in ["'\(Tracker.endpoint)'", "'\(Tracker.pixel)?'", "(\(Tracker.element))"] {
            #expect(standard.script.ranges(of: text).count == 1, "\(text)")
        }
    }

    /// The addresses are relative to the script, so that all of them may be below a path of a proxy.
    @Test(arguments: [
        ("/t.js", "/x/e", "'x/e'", "'pixel.gif?'"),
        ("/js/app.js", "/api/v1/events", "'../api/v1/events'", "'../pixel.gif?'"),
        ("/a/b/c", "/a/e", "'../../a/e'", "'../../pixel.gif?'"),
    ])
    func addressesFollowTheSettings(path: String, endpoint: String, written: String, pixel: String) {
        let tracker = Tracker(path: path, endpoint: endpoint)
        for text in [tracker.script, tracker.module] {
            #expect(text.contains(written) && text.contains(pixel))
        }
    }

    @Test func theModuleExportsTheFunction() {
        #expect(standard.module.hasSuffix("export default window.hourglass;\n"))
        #expect(standard.module.contains("import.meta.url"))
        #expect(!standard.module.contains("currentScript"))
        #expect(!standard.script.contains("import.meta"))
    }
}
