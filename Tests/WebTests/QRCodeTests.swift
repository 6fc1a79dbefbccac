import Testing

@testable import Web

/// Codes that another program, qrcodegen 1.8, drew with the same version, correction and mask.
struct QRCodeTests {
    private static let small = """
        #######..#.##.#######
        #.....#..###..#.....#
        #.###.#.##.##.#.###.#
        #.###.#..#.#..#.###.#
        #.###.#...#.#.#.###.#
        #.....#.....#.#.....#
        #######.#.#.#.#######
        ........##.##........
        ###.########.##...#..
        ###.##.#.#....#...##.
        .###.####...#...#...#
        ....##.##.....#...##.
        #######.##..#.#.#.#..
        ........##.#.#.#.#..#
        #######.##.#.###.####
        #.....#.#..###.###...
        #.###.#.##.#.###.##.#
        #.###.#.......#...##.
        #.###.#.#.#.#...#...#
        #.....#.#.....#...##.
        #######.#.#.#.#.#.###
        """

    @Test func aCodeIsDrawnAsByTheStandard() throws {
        let code = try #require(QRCode("x"))
        let rows = (0..<code.size).map { y in String((0..<code.size).map { x in code[x, y] ? "#" : "." as Character }) }
        #expect(rows.joined(separator: "\n") == Self.small)
    }

    /// The digest is FNV-1a over the modules, row by row.
    @Test(arguments: [
        ("otpauth://totp/H:ada?secret=JBSWY3DPEHPK3PXP", 29, 0x73BF_8865_5D0E_E789 as UInt64),
        (String(repeating: "y", count: 100), 37, 0x39BF_AF9C_1428_279D),
        (String(repeating: "z", count: 150), 45, 0x54FB_4750_74B1_A263),
        (String(repeating: "w", count: 230), 53, 0x65AF_D16B_0A17_AB3B),
    ])
    func largerOnesHaveAlignmentsBlocksAndVersions(text: String, size: Int, digest: UInt64) throws {
        let code = try #require(QRCode(text))
        #expect(code.size == size)
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for y in 0..<size {
            for x in 0..<size { hash = (hash ^ (code[x, y] ? 1 : 0)) &* 0x0000_0100_0000_01B3 }
        }
        #expect(hash == digest)
    }

    @Test func aTextThatIsTooLongHasNone() {
        #expect(QRCode(String(repeating: "w", count: 231)) == nil)
    }
}
