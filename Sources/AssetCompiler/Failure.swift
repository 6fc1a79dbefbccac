/// The reason why files cannot be compiled, in the form that compilers use.
struct Failure: Error, Equatable, CustomStringConvertible {
    let file: String
    /// The line, counted from 1; nil for the whole file.
    var line: Int?
    let reason: String

    var description: String {
        "\(file):\(line.map { "\($0):" } ?? "") error: \(reason)"
    }
}
