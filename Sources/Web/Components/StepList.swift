/// The steps of something that takes several pages.
struct StepList: Component {
    let steps: [String]
    /// The index of the present step.
    let current: Int

    var html: HTML {
        let items: [HTML] = steps.enumerated().map { index, step in
            let mark = index == current ? "step" : nil
            let kind = index < current ? "done" : nil
            return "<li\(attribute: "class", kind)\(attribute: "aria-current", mark)>\(step)</li>"
        }
        return "<ol class=\"steps\">\(items)</ol>"
    }
}
