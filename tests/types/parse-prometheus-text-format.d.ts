/** The package has no types of its own. */
declare module "parse-prometheus-text-format" {
  export interface MetricFamily {
    name: string;
    help: string;
    type: string;
    metrics: { value: string; labels?: Record<string, string> }[];
  }

  export default function parsePrometheus(text: string): MetricFamily[];
}
