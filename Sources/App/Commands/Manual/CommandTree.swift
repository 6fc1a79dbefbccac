import FoundationEssentials

/// A command with its subcommands, options and texts, as the parser of arguments declares them.
struct CommandTree: Decodable {
    /// An argument, an option or a flag.
    struct Item: Decodable {
        struct Name: Decodable {
            let kind: String
            let name: String

            /// The name with its hyphens.
            var text: String { (kind == "long" ? "--" : "-") + name }
        }

        let kind: String
        let shouldDisplay: Bool
        let isOptional: Bool
        let isRepeating: Bool
        let names: [Name]?
        let valueName: String?
        let defaultValue: String?
        let abstract: String?

        /// The item as it is written in a command line.
        var text: String {
            let value = valueName.map { "<\($0)>" } ?? ""
            let name = names?.map(\.text).joined(separator: ", ") ?? ""
            return switch kind {
            case "positional": value + (isRepeating ? " …" : "")
            case "option": "\(name) \(value)"
            default: name
            }
        }
    }

    let commandName: String
    let abstract: String?
    let discussion: String?
    let subcommands: [CommandTree]?
    let arguments: [Item]?
    let shouldDisplay: Bool?

    /// Reads the description that the parser of arguments gives of a command.
    ///
    /// - Parameter text: The JSON text.
    /// - Returns: The command.
    /// - Throws: The error of the decoder.
    static func read(_ text: String) throws -> CommandTree {
        try JSONDecoder().decode(Document.self, from: Data(text.utf8)).command
    }

    /// The items that help shows, without that of help itself.
    var items: [Item] {
        (arguments ?? []).filter { item in
            item.shouldDisplay && !(item.names ?? []).contains { $0.name == "help" || $0.name == "version" }
        }
    }

    /// The subcommands that help shows, without that of help itself.
    var commands: [CommandTree] {
        (subcommands ?? []).filter { $0.commandName != "help" && $0.shouldDisplay != false }
    }

    private struct Document: Decodable {
        let command: CommandTree
    }
}
