package import Analytics

/// The visitors who take steps one after another, and those who stop in between.
///
/// Its form has `kind1` and `value1` to `kind8` and `value8`, and `within`; the action is `steps`.
package struct FunnelPage: Page {
    /// The answer, or the reason that there is none.
    package enum Content: Sendable {
        case numbers(FunnelReport, AnswerSource)
        /// There are fewer than two steps.
        case tooFew
        /// Some steps cannot be asked for; the reasons by the place of the step.
        case faulty([Int: String])
        /// The question cannot be answered, for a reason.
        case refused(String)
    }

    let frame: ViewFrame
    let content: Content
    /// The names of the goals of the site.
    let goals: [String]
    private let steps: [FunnelStep]
    private let window: FunnelQuery.Window

    /// - Parameters:
    ///   - frame: The state of the page, with the steps in its address.
    ///   - content: What there is to show.
    ///   - goals: The names of the goals of the site.
    package init(_ frame: ViewFrame, _ content: Content, goals: [String]) {
        self.frame = frame
        self.content = content
        self.goals = goals
        if case .funnel(let steps, let window) = frame.address.view {
            (self.steps, self.window) = (steps, window)
        } else {
            (steps, window) = ([], .visit)
        }
    }

    package var title: String { "Funnel · \(frame.address.site.text)" }
    package var place: Place { .site(frame.address.site, .journeys) }
    package var notices: [Notice] { frame.notices }

    package func content(_ links: Links) -> HTML {
        let text: HTML = "How many visitors take all steps, and where the others stop."
        let form = FunnelForm(
            address: frame.address,
            steps: steps,
            window: window,
            faults: faults,
            goals: goals,
            links: links
        )
        return """
            \(ViewHead(title: "Funnel", text: text, frame: frame, links: links))
            \(shown(links))
            \(form)
            """
    }

    private var faults: [Int: String] { if case .faulty(let faults) = content { faults } else { [:] } }

    private func shown(_ links: Links) -> HTML {
        switch content {
        case .numbers(let report, let source):
            guard let first = report.steps.first, first.visitors > 0 else {
                return card(frame.noHits("No visitor took the first step", links))
            }
            return "\(frame.facts(source))\(FunnelBars(steps: steps, report: report))"
        case .tooFew: return card(teaching)
        case .faulty: return Notice(.error, "Some steps cannot be asked for", text: "They are marked below.").html
        case .refused(let reason): return Notice(.error, "This cannot be answered", text: "\(reason)").html
        }
    }

    private func card(_ state: EmptyState) -> HTML { "<section class=\"card\">\(state)</section>" }

    private var teaching: EmptyState {
        EmptyState(
            "A funnel has two steps or more",
            """
            Each step is a page such as <code>/pricing</code>, where <code>*</code> stands for any text, an event \
            such as <code>Signup</code>, or a goal. Visitors take them in this order, with anything else in between.
            """
        )
    }
}
