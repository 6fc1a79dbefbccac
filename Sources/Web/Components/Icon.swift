/// A small drawing in the colour of the text around it, which says nothing that the text does not.
struct Icon: Component {
    private let drawing: HTML

    private init(_ drawing: HTML) { self.drawing = drawing }

    var html: HTML {
        "<svg class=\"icon\" viewBox=\"0 0 16 16\" width=\"16\" height=\"16\" aria-hidden=\"true\">\(drawing)</svg>"
    }

    static let hourglass = Icon(
        """
        <path d="M3 1.5h10M3 14.5h10M4 1.5v2.2c0 2 4 3.1 4 4.3s-4 2.3-4 4.3v2.2M12 1.5v2.2c0 2-4 3.1-4 4.3s4 2.3 4 \
        4.3v2.2"/><path class="fill" d="M5.6 13.4c.3-1.5 2.4-1.7 2.4-3 0 1.3 2.1 1.5 2.4 3z"/>
        """
    )
    static let open = Icon("<path d=\"m4.5 6.5 3.5 3.5 3.5-3.5\"/>")
    static let choose = Icon("<path d=\"m5 6 3-3 3 3M5 10l3 3 3-3\"/>")
    static let copy = Icon("<path d=\"M5.5 5.5h8v8h-8zM2.5 10.5v-8h8\"/>")
    static let info = Icon("<circle cx=\"8\" cy=\"8\" r=\"6.5\"/><path d=\"M8 7.2v4.3M8 4.5v.6\"/>")
    static let success = Icon("<circle cx=\"8\" cy=\"8\" r=\"6.5\"/><path d=\"m5 8.2 2.2 2.2L11 6\"/>")
    static let warning = Icon("<path d=\"M8 1.8 15 14H1zM8 6.2v3.6M8 11.6v.6\"/>")
    static let error = Icon("<circle cx=\"8\" cy=\"8\" r=\"6.5\"/><path d=\"m5.6 5.6 4.8 4.8M10.4 5.6l-4.8 4.8\"/>")
    static let waiting = Icon("<circle cx=\"8\" cy=\"8\" r=\"6.5\"/><path d=\"M8 4v4l2.6 1.6\"/>")
}
