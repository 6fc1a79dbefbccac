/// The codewords by which errors in others are corrected (ISO/IEC 18004, section 7.5).
struct ReedSolomon {
    /// The coefficients of the generator without the highest one, which is 1.
    private let generator: [UInt8]

    /// - Parameter count: The number of codewords of correction.
    init(count: Int) {
        var generator = [UInt8](repeating: 0, count: count - 1) + [1]
        var root: UInt8 = 1
        for _ in 0..<count {
            for index in generator.indices {
                let next = index + 1 < count ? generator[index + 1] : 0
                generator[index] = Self.product(generator[index], root) ^ next
            }
            root = Self.product(root, 2)
        }
        self.generator = generator
    }

    /// The codewords of correction of a block.
    func correction(of data: ArraySlice<UInt8>) -> [UInt8] {
        var rest = [UInt8](repeating: 0, count: generator.count)
        for byte in data {
            let factor = byte ^ rest.removeFirst()
            rest.append(0)
            for index in rest.indices { rest[index] ^= Self.product(generator[index], factor) }
        }
        return rest
    }

    /// The product in the field of 256 elements with the polynomial 0x11D.
    private static func product(_ first: UInt8, _ second: UInt8) -> UInt8 {
        var product: UInt8 = 0
        for shift in (0..<8).reversed() {
            product = product << 1 ^ (product >> 7) * 0x1D
            product ^= (second >> shift & 1) * first
        }
        return product
    }
}
