package muster.planner.report;

import java.util.List;
import java.util.Locale;

/**
 * Points over two linear axes, as SVG: those of a frontier, with the steps between them where there are two axes only.
 * Below and left of the steps there is no plan.
 */
final class CurveChart {
    private static final String COLOUR = "#0072b2";
    private static final int WIDTH = 760;
    private static final int HEIGHT = 440;
    private static final int LEFT = 110;
    private static final int BOTTOM = 60;
    private static final int EDGE = 24;
    private static final int TICKS = 5;

    /** @param label shown when a pointer rests on it */
    record Point(double x, double y, String label) {}

    /**
     * @param title of the axis
     * @param unit as {@link Amounts#amount} knows it
     */
    record Axis(String title, String unit) {}

    private final Axis x;
    private final Axis y;
    private final boolean stepped;
    private final List<Point> points;
    private final StringBuilder svg = new StringBuilder(1 << 12);
    private double xLow;
    private double xHigh;
    private double yLow;
    private double yHigh;

    /** @param points by rising x */
    CurveChart(Axis x, Axis y, boolean stepped, List<Point> points) {
        this.x = x;
        this.y = y;
        this.stepped = stepped;
        this.points = List.copyOf(points);
    }

    String svg() {
        xLow = points.stream().mapToDouble(Point::x).min().orElse(0);
        xHigh = points.stream().mapToDouble(Point::x).max().orElse(1);
        yLow = points.stream().mapToDouble(Point::y).min().orElse(0);
        yHigh = points.stream().mapToDouble(Point::y).max().orElse(1);
        double xRoom = room(xLow, xHigh);
        double yRoom = room(yLow, yHigh);
        xLow = Math.max(0, xLow - xRoom);
        xHigh += xRoom;
        yLow = Math.max(0, yLow - yRoom);
        yHigh += yRoom;
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" font-family=\"sans-serif\" font-size=\"13\" fill=\"currentColor\">\n"
                        .formatted(WIDTH, HEIGHT));
        svg.append(
                "<title>%s against %s</title>\n".formatted(HtmlPage.escaped(y.title()), HtmlPage.escaped(x.title())));
        axes();
        if (stepped) {
            steps();
        }
        for (Point point : points) {
            svg.append("<circle cx=\"%s\" cy=\"%s\" r=\"5\" fill=\"%s\"><title>%s</title></circle>\n"
                    .formatted(
                            number(across(point.x())), number(up(point.y())), COLOUR, HtmlPage.escaped(point.label())));
        }
        return svg.append("</svg>\n").toString();
    }

    /** A point alone still gets an axis of some length. */
    private static double room(double low, double high) {
        return high > low ? (high - low) * 0.06 : Math.max(1, Math.abs(high)) * 0.1;
    }

    private void axes() {
        for (int tick = 0; tick <= TICKS; tick++) {
            double xTick = xLow + (xHigh - xLow) * tick / TICKS;
            double yTick = yLow + (yHigh - yLow) * tick / TICKS;
            line(across(xTick), up(yLow), across(xTick), up(yHigh));
            line(across(xLow), up(yTick), across(xHigh), up(yTick));
            text(across(xTick), HEIGHT - BOTTOM + 18, "middle", shown(xTick, x));
            text(LEFT - 8, up(yTick) + 4, "end", shown(yTick, y));
        }
        text((LEFT + WIDTH - EDGE) / 2.0, HEIGHT - 16, "middle", x.title());
        text(LEFT - 8, 14, "end", y.title());
    }

    private void steps() {
        StringBuilder path = new StringBuilder();
        for (int index = 0; index < points.size(); index++) {
            if (index > 0) {
                // From one point to the next plan along x nothing gets better on y.
                corner(path, points.get(index).x(), points.get(index - 1).y());
            }
            corner(path, points.get(index).x(), points.get(index).y());
        }
        svg.append("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-opacity=\"0.5\"/>\n"
                .formatted(path.toString().strip(), COLOUR));
    }

    private void corner(StringBuilder path, double xValue, double yValue) {
        path.append(number(across(xValue)))
                .append(',')
                .append(number(up(yValue)))
                .append(' ');
    }

    private static String shown(double value, Axis axis) {
        return switch (axis.unit()) {
            case "USD" -> "$" + Amounts.decimal(value, value < 100 ? 2 : 0);
            case "d" -> Amounts.decimal(value, 1);
            default -> Amounts.amount(value, axis.unit());
        };
    }

    private void line(double x1, double y1, double x2, double y2) {
        svg.append("<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"#8884\"/>\n"
                .formatted(number(x1), number(y1), number(x2), number(y2)));
    }

    private void text(double atX, double atY, String anchor, String text) {
        svg.append("<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
                .formatted(number(atX), number(atY), anchor, HtmlPage.escaped(text)));
    }

    private double across(double value) {
        return LEFT + (value - xLow) / (xHigh - xLow) * (WIDTH - LEFT - EDGE);
    }

    private double up(double value) {
        return HEIGHT - BOTTOM - (value - yLow) / (yHigh - yLow) * (HEIGHT - BOTTOM - EDGE);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
