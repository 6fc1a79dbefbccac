/// The shapes of countries on the map of the world, from the file of it that pages load.
enum WorldShapes {
    /// The size of the map, as the `viewBox` of its file has it.
    static let size = (width: 640, height: 278)

    /// Finds the shape of a code in capitals, such as `DE`: a `path`, or a `circle` for a small territory.
    static func shape(of code: String) -> HTML? { shapes[code] }

    /// Each shape without its id, and without the end of its tag.
    private static let shapes = parse(Assets.world_svg)

    /// Reads the lines that have a shape with an id.
    private static func parse(_ text: String) -> [String: HTML] {
        var shapes: [String: HTML] = [:]
        for line in text.split(separator: "\n") {
            guard let start = line.firstRange(of: " id=\""), line.hasSuffix("/>") else { continue }
            let code = line[start.upperBound...].prefix { $0 != "\"" }
            let rest = line[start.upperBound...].dropFirst(code.count + 1).dropLast(2)
            shapes[String(code)] = HTML(bytes: Array((String(line[..<start.lowerBound]) + rest).utf8))
        }
        return shapes
    }
}
