package muster.planner.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A text report in the making: every line goes through here, so that nothing raw from a file reaches a terminal, and
 * colour is added in one place, only when asked for.
 */
public final class Page {
    static final int WIDTH = 100;

    /** How a line is set; its words say the same without colour. */
    public enum Tone {
        PLAIN(""),
        STRONG("\u001b[1m"),
        GOOD("\u001b[1;32m"),
        DOUBTFUL("\u001b[33m"),
        BAD("\u001b[1;31m");

        private final String escape;

        Tone(String escape) {
            this.escape = escape;
        }
    }

    private final boolean colour;
    private final StringBuilder text = new StringBuilder(1 << 12);
    private final List<Block> blocks = new ArrayList<>();

    public Page(boolean colour) {
        this.colour = colour;
    }

    /** A heading with an empty line before it. */
    public Page heading(String heading) {
        blocks.add(new Block.Heading(2, heading));
        return blank().print(Tone.STRONG, heading);
    }

    public Page blank() {
        text.append('\n');
        return this;
    }

    public Page line(String line) {
        return line(Tone.PLAIN, line);
    }

    public Page line(Tone tone, String line) {
        if (!line.isBlank()) {
            blocks.add(new Block.Paragraph(tone, line.strip()));
        }
        return print(tone, line);
    }

    /** Adds a line of text to what a block has said already. */
    Page print(Tone tone, String line) {
        String printable = Printable.of(line).stripTrailing();
        if (colour && tone != Tone.PLAIN) {
            text.append(tone.escape).append(printable).append("\u001b[0m").append('\n');
        } else {
            text.append(printable).append('\n');
        }
        return this;
    }

    /** A paragraph broken at spaces; its first line begins with {@code lead}, the others are indented as far. */
    public Page paragraph(Tone tone, String lead, String words) {
        blocks.add(
                lead.strip().equals("-")
                        ? new Block.Items(List.of(words))
                        : new Block.Paragraph(tone, (lead + words).strip()));
        return printParagraph(tone, lead, words);
    }

    /** Adds lines of text to what a block has said already. */
    Page printParagraph(Tone tone, String lead, String words) {
        String indent = " ".repeat(lead.length());
        String prefix = lead;
        for (String line : wrap(Printable.of(words), WIDTH - lead.length())) {
            print(tone, prefix + line);
            prefix = indent;
        }
        return this;
    }

    public Page paragraph(String lead, String words) {
        return paragraph(Tone.PLAIN, lead, words);
    }

    public Page table(Table table) {
        blocks.add(table.asBlock());
        table.printOn(this);
        return this;
    }

    /** {@return the same report in pieces, for other forms than text} */
    List<Block> blocks() {
        return List.copyOf(blocks);
    }

    public String text() {
        return text.toString();
    }

    /** {@return the words in lines of at most this width; a longer word keeps a line of its own} */
    static List<String> wrap(String words, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : words.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            if (!line.isEmpty()) {
                line.append(' ');
            }
            line.append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
