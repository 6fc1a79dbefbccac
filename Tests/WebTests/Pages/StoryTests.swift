import Analytics
import Testing

@testable import Web

/// All pages in all their states.
struct StoryTests {
    private static let frame: Frame = {
        var frame = Frame(links: Links(base: "/stats"), version: "1.0")
        frame.viewer = Frame.Viewer(name: "ada", isOperator: true)
        frame.role = .owner
        return frame
    }()

    /// Texts that would do something if they were not escaped.
    private static let hostile = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)",
        "\" autofocus onfocus=\"x",
        "javascript:alert(1)", "</textarea></title><svg/onload=alert(1)>", "&lt;script&gt;&amp;&#x3C;b&#x3E;", "\n\r\t",
        "\u{202E}gnp.exe\u{2066}", "\0\u{1B}[31m\u{7F}", "`${1}`{{1}}", "--><!--", "]]>", "/../..//evil.test",
        String(repeating: "W", count: 300), "😀é\u{301}\u{FEFF}", "%3Cscript%3E", "\\\"\\", "x\" style=\"color:red",
    ]

    private static let states = Story.all.flatMap { story in story.states.map { ("\(story.name)/\($0.name)", $0) } }

    @Test func everyDocumentIsWellFormedAndSmall() throws {
        for (name, state) in Self.states {
            let document = try state.document(in: Self.frame)
            #expect(throws: Never.self, "\(name)") { _ = try Markup(document.text) }
            // Before compression: a curve of a day has a point for each minute.
            #expect(document.bytes.count <= 60_000, "\(name): \(document.bytes.count) bytes")
        }
    }

    /// Whatever somebody calls things, the tags and the names of attributes stay the same.
    @Test func noTextChangesTheStructure() throws {
        for (name, state) in Self.states {
            let harmless = try Markup(state.document(in: Self.frame, sample: Sample(text: "harmless")).text)
            for text in Self.hostile {
                let document = try state.document(in: Self.frame, sample: Sample(text: text)).text
                let markup = try Markup(document)
                #expect(markup.skeleton == harmless.skeleton, "\(name) with \(text)")
            }
        }
    }

    @Test func nothingIsInline() throws {
        for (name, state) in Self.states {
            for tag in try Markup(state.document(in: Self.frame).text).tags {
                #expect(tag.name != "style" && tag.attributes["style"] == nil, "\(name)")
                #expect(tag.name != "script" || tag.attributes["src"] != nil, "\(name)")
                #expect(!tag.attributes.keys.contains { $0.hasPrefix("on") }, "\(name)")
            }
        }
    }

    @Test func addressesHaveTheBaseAndFormsArePosted() throws {
        for (name, state) in Self.states where !name.hasPrefix("message/") {
            for tag in try Markup(state.document(in: Self.frame).text).tags {
                let addresses = ["href", "src", "action", "data-live"].compactMap { tag.attributes[$0] }
                for address in addresses where !address.hasPrefix("#") && !address.hasPrefix("https://example.com/") {
                    #expect(address.hasPrefix("/stats/"), "\(name): \(address)")
                }
                if tag.name == "form" { #expect(["get", "post"].contains(tag.attributes["method"]), "\(name)") }
            }
        }
    }

    /// Labels, descriptions and buttons point at elements that are there once.
    @Test func referencesHaveTheirElements() throws {
        for (name, state) in Self.states {
            let tags = try Markup(state.document(in: Self.frame).text).tags
            let ids = tags.compactMap { $0.attributes["id"] }
            #expect(Set(ids).count == ids.count, "\(name)")
            for attribute in ["for", "aria-describedby", "data-copy", "data-reveal"] {
                let references = tags.compactMap { $0.attributes[attribute] }.flatMap { $0.split(separator: " ") }
                for id in references { #expect(ids.contains(String(id)), "\(name): \(attribute) \(id)") }
            }
            let labelled = Set(tags.compactMap { $0.attributes["for"] })
            for tag in tags where ["input", "select", "textarea"].contains(tag.name) && tag.attributes["hidden"] == nil
            {
                let isLabelled = tag.attributes["aria-label"] != nil || labelled.contains(tag.attributes["id"] ?? "")
                #expect(isLabelled || tag.attributes["type"] == "hidden", "\(name): \(tag)")
            }
        }
    }

    @Test func aRefusedFormKeepsWhatWasPutInButNoPassword() throws {
        let story = try #require(Story.all.first { $0.name == "setup" })
        let state = try #require(story.states.first { $0.name == "refused" })
        let tags = try Markup(state.document(in: Self.frame, sample: Sample(text: "kept")).text).tags
        let inputs = tags.filter { $0.name == "input" }.map(\.attributes)
        let values = Dictionary(uniqueKeysWithValues: inputs.map { ($0["name"], $0["value"]) })
        #expect(values["email"] == "kept")
        #expect(values["password"] == .some(nil))
    }
}
