import type { MetadataRoute } from "next";

/** Makes Earshot installable, so that a phone can open it from an alert. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    name: "Earshot",
    short_name: "Earshot",
    description: "See every live call. Never leave a caller hanging.",
    start_url: "/",
    display: "standalone",
    background_color: "#0d0f13",
    theme_color: "#0d0f13",
    icons: [
      { src: "/icons/192.png", sizes: "192x192", type: "image/png" },
      { src: "/icons/512.png", sizes: "512x512", type: "image/png" },
      { src: "/icons/maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
    ],
  };
}
