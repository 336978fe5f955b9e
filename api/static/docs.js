// The description of the HTTP API, shown by Swagger UI as fastapi-offline brings it.

const container = document.getElementById("swagger-ui");
SwaggerUIBundle({
  url: container.dataset.openapi, domNode: container, deepLinking: true, showExtensions: true, showCommonExtensions: true,
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIBundle.SwaggerUIStandalonePreset], layout: "BaseLayout",
});
