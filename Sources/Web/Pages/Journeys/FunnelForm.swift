import Analytics

/// The form that changes the steps of a funnel: links move and remove them, and an empty line adds another.
struct FunnelForm: Component {
    let address: DashboardAddress
    let steps: [FunnelStep]
    let window: FunnelQuery.Window
    /// The reasons why steps cannot be asked for, by their places.
    let faults: [Int: String]
    /// The names of the goals of the site.
    let goals: [String]
    let links: Links

    /// The most goals in the menu.
    private static let mostGoals = 50
    private static let windows: [FunnelQuery.Window] = [.visit, .days(1), .days(7), .days(14), .days(30), .days(90)]
    private static var mostSteps: Int { FunnelQuery.limits.steps.upperBound }

    var html: HTML {
        let filled: [HTML] = steps.enumerated().map { line($0, $1) }
        // Two empty ones to begin with.
        let empty: [HTML] = (steps.count..<min(max(2, steps.count + 1), Self.mostSteps)).map { line($0, nil) }
        let content: HTML = """
            <ol class="steplist">\(filled)\(steps.count < Self.mostSteps ? empty : [])</ol>\
            <div class="row"><div class="inline"><label for="within">Within</label>\
            <select id="within" name="within">\(choices)</select></div>\(Button("Show the funnel"))</div>
            """
        let adding: HTML? = menu.map { "<div class=\"drops\">\($0)</div>" }
        return """
            <section class="card" id="steps"><div class="head row"><h2>Steps</h2>\(adding)</div>
            <div class="body">\(StateForm(address: address, action: "steps", links: links, content: content))</div>
            </section>

            """
    }

    private var choices: [HTML] {
        let all = Self.windows.contains(window) ? Self.windows : Self.windows + [window]
        return all.map { choice in
            "<option value=\"\(choice.text)\"\(flag: "selected", choice == window)>\(choice.title)</option>"
        }
    }

    private func line(_ place: Int, _ step: FunnelStep?) -> HTML {
        let number = place + 1
        let kinds: [HTML] = FunnelStep.Kind.allCases.map { kind in
            "<option value=\"\(kind.rawValue)\"\(flag: "selected", kind == step?.kind)>\(kind.title)</option>"
        }
        let fault = faults[place]
        let wrong: HTML? = fault.map { "<p class=\"wrong\" id=\"value\(number)-error\">\(Icon.error)\($0)</p>" }
        return """
            <li><label class="unseen" for="kind\(number)">Kind of step \(number)</label>\
            <select id="kind\(number)" name="kind\(number)">\(kinds)</select>\
            <label class="unseen" for="value\(number)">Step \(number)</label>\
            <input id="value\(number)" name="value\(number)" type="text" maxlength="2000" autocomplete="off" \
            autocapitalize="none" spellcheck="false"\(attribute: "value", step?.value)\
            \(attribute: "placeholder", step == nil ? "/pricing" : nil)\
            \(attribute: "aria-invalid", fault == nil ? nil : "true")\
            \(attribute: "aria-describedby", fault == nil ? nil : "value\(number)-error")>\
            \(step == nil ? nil : moves(place))\(wrong)</li>
            """
    }

    /// The links that move a step, and remove it.
    private func moves(_ place: Int) -> HTML {
        let up: HTML? = place == 0 ? nil : move("↑", "Move step \(place + 1) up", swapped(place - 1, place))
        let down: HTML? =
            place + 1 >= steps.count ? nil : move("↓", "Move step \(place + 1) down", swapped(place, place + 1))
        var rest = steps
        rest.remove(at: place)
        return "<div class=\"moves\">\(up)\(down)\(move("×", "Remove step \(place + 1)", rest))</div>"
    }

    private func swapped(_ place: Int, _ other: Int) -> [FunnelStep] {
        var steps = steps
        steps.swapAt(place, other)
        return steps
    }

    private func move(_ sign: String, _ title: String, _ steps: [FunnelStep]) -> HTML {
        let link = address.showing(.funnel(steps, window)).link(links).element("steps")
        return """
            <a href="\(link)"><span aria-hidden="true">\(sign)</span><span class="unseen">\(title)</span></a>
            """
    }

    /// The goals, each of which becomes the last step.
    private var menu: Dropdown? {
        guard steps.count < Self.mostSteps, !goals.isEmpty else { return nil }
        let items: [HTML] = goals.prefix(Self.mostGoals).map { goal in
            let link = address.showing(.funnel(steps + [FunnelStep(.goal, goal)], window)).link(links)
            return "<li><a href=\"\(link)\">\(HTML.name(goal))</a></li>"
        }
        return Dropdown(title: "Add a goal", content: "<ul>\(items)</ul>")
    }
}
