//! One GET, one list over its pages, and one POST with a nested body.

use stripe_checkout::params::{
    CreateCheckoutSessionParamsCustomText as CustomText,
    CreateCheckoutSessionParamsInvoiceCreation as InvoiceCreation,
    CreateCheckoutSessionParamsInvoiceCreationInvoiceData as InvoiceData,
    CreateCheckoutSessionParamsLineItem as LineItem,
    CreateCheckoutSessionParamsLineItemPriceData as PriceData,
    CreateCheckoutSessionParamsLineItemPriceDataProductData as ProductData,
    CreateCheckoutSessionParamsShippingAddressCollection as ShippingAddressCollection,
};
use stripe_checkout::types::CheckoutSession;
use stripe_checkout::{Clearable, Client, SecretKey};

fn main() {
    let base = std::env::var("BASE_URL").unwrap();
    let key = SecretKey::new("sk_test_123").unwrap();
    let client = Client::builder(key).base_url(base).build().unwrap();

    let session = client.checkout_sessions().retrieve("cs_1").expand(["line_items"]).send_blocking().unwrap();
    assert_eq!(session.object.as_str(), CheckoutSession::OBJECT);
    println!("retrieved {}", session.id);

    for session in client.checkout_sessions().list().limit(2).customer("cus_1").stream().blocking() {
        println!("listed {}", session.unwrap().id);
    }

    let shirt = PriceData::new("usd")
        .product_data(ProductData::new("T-shirt & socks").metadata([("size", "XL")]).images(["https://example.com/a.png"]))
        .unit_amount(2000);
    let lines = [
        LineItem::new().price_data(shirt).quantity(2).tax_rates(["txr_1", "txr_2"]),
        LineItem::new().price("price_1"),
    ];
    let session = client
        .checkout_sessions()
        .create("https://example.com/done")
        .mode("payment")
        .line_items(lines)
        .metadata([("order id", "6735"), ("note", "a=b")])
        .custom_text(CustomText::new().submit(Clearable::Clear))
        .invoice_creation(InvoiceCreation::new(true).invoice_data(InvoiceData::new().account_tax_ids(vec!["txi_1".to_owned()])))
        .shipping_address_collection(ShippingAddressCollection::new(["DE", "AT"]))
        .allow_promotion_codes(false)
        .send_blocking()
        .unwrap();
    println!("created {}", session.id);
}
