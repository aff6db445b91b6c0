package muster.planner.report;

import java.util.List;

/** A piece of a report that can be set as text, Markdown or HTML. */
sealed interface Block {
    /** @param level 1 for a report's title, 2 for its parts, 3 below */
    record Heading(int level, String text) implements Block {}

    record Paragraph(Page.Tone tone, String text) implements Block {
        Paragraph(String text) {
            this(Page.Tone.PLAIN, text);
        }
    }

    record Items(List<String> texts) implements Block {
        public Items {
            texts = List.copyOf(texts);
        }
    }

    /** @param headings one that begins with {@code >} sets its column to the right */
    record Grid(List<String> headings, List<List<String>> rows) implements Block {
        public Grid {
            headings = List.copyOf(headings);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /**
     * A drawing, which pages for browsers show; the grid that follows it has the same values.
     *
     * @param svg made by one of our charts, whose texts are escaped already
     */
    record Chart(String svg, String caption) implements Block {}
}
