import Assembly

/// The page of the manual in the format of man(7), made from the declarations of commands and settings.
struct ManualPage {
    private let root: CommandTree

    init(_ root: CommandTree) { self.root = root }

    var text: String {
        ([head] + commands + [settings, files, exits]).joined(separator: "\n")
    }

    private var head: String {
        """
        .TH HOURGLASS 1 "" "hourglass \(Self.escaped(App.version))" "User Commands"
        .SH NAME
        hourglass \\- an analytics server for sites and apps
        .SH SYNOPSIS
        .B hourglass
        .I command
        [\\fIoptions\\fR]
        .SH DESCRIPTION
        \(Self.paragraphs(root.discussion ?? root.abstract ?? ""))
        .SH COMMANDS
        """
    }

    private var commands: [String] { root.commands.flatMap { Self.entries($0, after: "hourglass") } }

    /// The entry of a command, and those of its subcommands.
    private static func entries(_ command: CommandTree, after path: String) -> [String] {
        let name = "\(path) \(command.commandName)"
        let usage = command.items.filter { $0.kind == "positional" }.map { item in
            item.isOptional ? "[\(item.text)]" : item.text
        }
        var lines = [".SS \(escaped(([name] + usage).joined(separator: " ")))"]
        for text in [command.abstract, command.discussion].compactMap(\.self) where !text.isEmpty {
            lines.append(paragraphs(text))
        }
        for item in command.items {
            let standard = item.defaultValue.map { $0.isEmpty ? "" : " Default: \($0)." } ?? ""
            lines += [".TP", "\\fB\(escaped(item.text))\\fR", line((item.abstract ?? "") + standard)]
        }
        return [lines.joined(separator: "\n")] + command.commands.flatMap { entries($0, after: name) }
    }

    private var settings: String {
        let entries = Setting.all.map { setting in
            let standard = setting.documentedDefaults.joined(separator: ", ")
            let names = setting.variables.joined(separator: ", ")
            let rest = standard.isEmpty ? "" : " Default: \(standard)."
            return ".TP\n\\fB\(Self.escaped(names))\\fR\n\(Self.line(setting.documentation + rest))"
        }
        return ([".SH ENVIRONMENT", "A flag counts before the environment, and that before the file."] + entries)
            .joined(separator: "\n")
    }

    private var files: String {
        """
        .SH FILES
        .TP
        \\fB.env\\fR
        Variables of the environment, in the working directory.
        .TP
        \\fB/var/lib/hourglass\\fR, \\fB~/.local/share/hourglass\\fR
        The data of the embedded database, as root and as other users.
        """
    }

    private var exits: String {
        """
        .SH EXIT STATUS
        .TP
        \\fB0\\fR
        The command did what it was told.
        .TP
        \\fB1\\fR
        It failed, and the standard error or the log says why; the server is not ready; the doctor found a failure; an
        answer under load was wrong; top had no answer for a snapshot.
        .TP
        \\fB64\\fR
        The command line is wrong.
        .TP
        \\fBothers\\fR
        Those of psql, which \\fBhourglass psql\\fR becomes: 2 without a connection, 3 after a mistake in a script.
        """
    }

    /// The lines of a text, each a paragraph of its own.
    private static func paragraphs(_ text: String) -> String {
        text.split(separator: "\n").map { line(String($0)) }.joined(separator: "\n.PP\n")
    }

    /// A text in one line, which does not begin like a request.
    private static func line(_ text: String) -> String {
        let text = escaped(text.split(separator: "\n").joined(separator: " "))
        return text.hasPrefix(".") || text.hasPrefix("'") ? "\\&\(text)" : text
    }

    /// A text whose characters are all ASCII and mean themselves.
    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "\\": "\\e"
            case "-": "\\-"
            case _ where scalar.isASCII: String(scalar)
            default: "\\[u\(scalar.hexadecimal)]"
            }
        }.joined()
    }
}

extension Unicode.Scalar {
    /// The number of the scalar in at least four digits, as groff writes it.
    fileprivate var hexadecimal: String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
