/// A QR code as a picture, dark on light in either theme, since cameras expect that.
struct QRPicture: Component {
    let code: QRCode

    var html: HTML {
        // The border that the standard asks for.
        let border = 4
        let side = code.size + 2 * border
        let rows: [HTML] = (0..<code.size).map { y in
            let row: [HTML] = (0..<code.size).compactMap { x in
                guard code[x, y], x == 0 || !code[x - 1, y] else { return nil }
                let length = (x..<code.size).prefix { code[$0, y] }.count
                return "M\(x + border) \(y + border)h\(length)v1h\(-length)z"
            }
            return "\(row)"
        }
        return """
            <svg class="qr" viewBox="0 0 \(side) \(side)" width="\(side * 4)" height="\(side * 4)" role="img" \
            aria-label="QR code of the address for apps"><path class="light" d="M0 0h\(side)v\(side)H0z"/>\
            <path class="dark" d="\(rows)"/></svg>
            """
    }
}
